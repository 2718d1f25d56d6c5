package io.vaquita.parser.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements about accounts, roles and privileges. Immutable. */
public sealed interface AccountStatement extends DefinitionStatement {

  /**
   * One account of CREATE or ALTER USER.
   *
   * @param plugin IDENTIFIED WITH, or null
   * @param password BY 'text', or null
   * @param hash AS 'hash', or null
   * @param randomPassword BY RANDOM PASSWORD
   * @param replaced REPLACE 'current password', or null
   * @param discardOldPassword DISCARD OLD PASSWORD
   */
  record Account(
      AccountName name,
      @Nullable String plugin,
      @Nullable String password,
      @Nullable String hash,
      boolean randomPassword,
      @Nullable String replaced,
      boolean retainCurrentPassword,
      boolean discardOldPassword) {}

  /**
   * @param options REQUIRE (NONE, SSL, X509, or SUBJECT/ISSUER/CIPHER by their own names), MAX_QUERIES_PER_HOUR …, PASSWORD EXPIRE
   *     (value "" for at once, DEFAULT, NEVER or days), PASSWORD HISTORY, ACCOUNT (LOCK, UNLOCK), COMMENT, ATTRIBUTE …
   */
  record CreateUsers(
      boolean ifNotExists,
      List<Account> accounts,
      List<AccountName> defaultRoles,
      List<TableOption> options)
      implements AccountStatement {}

  /** ALTER USER; {@code defaultRoles} null unless DEFAULT ROLE was given. */
  record AlterUsers(
      boolean ifExists,
      List<Account> accounts,
      @Nullable RoleChoice defaultRoles,
      List<TableOption> options)
      implements AccountStatement {}

  record DropUsers(boolean ifExists, List<AccountName> names) implements AccountStatement {}

  record UserRename(AccountName from, AccountName to) {}

  record RenameUsers(List<UserRename> renames) implements AccountStatement {}

  record CreateRoles(boolean ifNotExists, List<AccountName> names) implements AccountStatement {}

  record DropRoles(boolean ifExists, List<AccountName> names) implements AccountStatement {}

  /** Which roles SET ROLE and SET DEFAULT ROLE take. */
  sealed interface RoleChoice {
    record None() implements RoleChoice {}

    record Default() implements RoleChoice {}

    record All(List<AccountName> except) implements RoleChoice {}

    record Named(List<AccountName> roles) implements RoleChoice {}
  }

  record SetDefaultRole(RoleChoice roles, List<AccountName> users) implements AccountStatement {}

  record SetRole(RoleChoice roles) implements AccountStatement {}

  /**
   * SET PASSWORD.
   *
   * @param password null: TO RANDOM
   */
  record SetPassword(
      @Nullable AccountName account,
      @Nullable String password,
      @Nullable String replaced,
      boolean retainCurrentPassword)
      implements AccountStatement {}

  /** A privilege with its columns; {@code name} upper case: SELECT, CREATE TEMPORARY TABLES, ALL, BACKUP_ADMIN … */
  record Privilege(String name, List<String> columns) {}

  /**
   * What privileges are granted on.
   *
   * @param type TABLE, FUNCTION or PROCEDURE
   * @param schema {@code *} for all, null for the current one
   * @param name {@code *} for all
   */
  record PrivilegeTarget(String type, @Nullable String schema, String name) {}

  record Grant(
      List<Privilege> privileges, PrivilegeTarget on, List<AccountName> to, boolean withGrantOption)
      implements AccountStatement {}

  record GrantRoles(List<AccountName> roles, List<AccountName> to, boolean withAdminOption)
      implements AccountStatement {}

  record GrantProxy(AccountName on, List<AccountName> to, boolean withGrantOption)
      implements AccountStatement {}

  record Revoke(
      boolean ifExists,
      List<Privilege> privileges,
      PrivilegeTarget on,
      List<AccountName> from,
      boolean ignoreUnknownUser)
      implements AccountStatement {}

  /** REVOKE ALL PRIVILEGES, GRANT OPTION FROM … */
  record RevokeAll(boolean ifExists, List<AccountName> from, boolean ignoreUnknownUser)
      implements AccountStatement {}

  record RevokeRoles(
      boolean ifExists, List<AccountName> roles, List<AccountName> from, boolean ignoreUnknownUser)
      implements AccountStatement {}

  record RevokeProxy(
      boolean ifExists, AccountName on, List<AccountName> from, boolean ignoreUnknownUser)
      implements AccountStatement {}
}
