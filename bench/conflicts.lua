-- sysbench's oltp_read_write, which also says how often which error sent a transaction back to its beginning.
require("oltp_common")
dofile((os.getenv("SYSBENCH_SHARE") or "/usr/share/sysbench") .. "/oltp_read_write.lua")

local counts = {}

function sysbench.hooks.sql_error_ignorable(err)
  if err.sql_errno == 1213 or err.sql_errno == 1205 then
    counts[err.sql_errno] = (counts[err.sql_errno] or 0) + 1
    return true
  end
end

local done = thread_done
function thread_done()
  done()
  for number, count in pairs(counts) do
    print(string.format("refused %d %d", number, count))
  end
end
