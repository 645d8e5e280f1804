-- Begins the lease's life anew, if the caller still holds it.
--
-- KEYS[1]: the lease. ARGV[1]: the caller's token. ARGV[2]: the lease's life in milliseconds.
--
-- Returns 1 if the lease lives for ARGV[2] from now on; 0 if it has ended or is another caller's. A lease that
-- has ended is not taken again: its answer may have been written meanwhile.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
