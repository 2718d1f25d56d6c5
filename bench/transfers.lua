-- Transfers between accounts, each read before it is written: the sum of all accounts is always the same, or an update was lost.
sysbench.cmdline.options = {
  accounts = {"Accounts", 50},
}

local each = 1000

function prepare()
  local connection = sysbench.sql.driver():connect()
  connection:query("CREATE TABLE accounts (id INT PRIMARY KEY, balance INT NOT NULL) ENGINE=InnoDB")
  for id = 1, sysbench.opt.accounts do
    connection:query(string.format("INSERT INTO accounts VALUES (%d, %d)", id, each))
  end
end

function thread_init()
  connection = sysbench.sql.driver():connect()
end

function thread_done()
  connection:disconnect()
end

local function balance(id)
  return tonumber((connection:query_row(string.format("SELECT balance FROM accounts WHERE id = %d FOR UPDATE", id))))
end

function event()
  local from = sysbench.rand.uniform(1, sysbench.opt.accounts)
  local to = sysbench.rand.uniform(1, sysbench.opt.accounts)
  if from == to or sysbench.rand.uniform(1, 10) == 1 then
    local sum = tonumber((connection:query_row("SELECT SUM(balance) FROM accounts")))
    if sum ~= sysbench.opt.accounts * each then
      error("an update was lost: the accounts' sum is " .. sum)
    end
    return
  end
  local amount = sysbench.rand.uniform(1, 100)
  connection:query("BEGIN")
  local ofFrom, ofTo = balance(from), balance(to)
  connection:query(string.format("UPDATE accounts SET balance = %d WHERE id = %d", ofFrom - amount, from))
  connection:query(string.format("UPDATE accounts SET balance = %d WHERE id = %d", ofTo + amount, to))
  connection:query("COMMIT")
end

function sysbench.hooks.sql_error_ignorable(err)
  return err.sql_errno == 1213 or err.sql_errno == 1205
end
