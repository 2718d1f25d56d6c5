<?php
// What both PHP clients share: the statements and how a value is printed.

function statements(string $schema): array {
  $text = str_replace('{schema}', $schema, file_get_contents(__DIR__ . '/statements.sql'));
  $text = preg_replace('/^--.*\n/m', '', $text);
  return array_values(array_filter(array_map('trim', explode(";\n", $text))));
}

function show(mixed $value): string {
  if (is_string($value) && !preg_match("//u", $value) || is_string($value) && preg_match('/[\x00-\x09\x0b-\x1f\x7f]/', $value)) {
    return 'bytes ' . bin2hex($value);
  }
  return gettype($value) . ' ' . var_export($value, true);
}
