-- sysbench's oltp_read_write, whose transactions begin anew after a deadlock or a lock wait timeout. (The driver prints each such error, by
-- which they are counted.)
require("oltp_common")
dofile((os.getenv("SYSBENCH_SHARE") or "/usr/share/sysbench") .. "/oltp_read_write.lua")

function sysbench.hooks.sql_error_ignorable(err)
  return err.sql_errno == 1213 or err.sql_errno == 1205
end
