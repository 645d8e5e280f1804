-- Writes the answer and ends the lease, if the caller still holds it.
--
-- KEYS[1]: the answer. KEYS[2]: the lease.
-- ARGV[1]: the caller's token. ARGV[2]: the answer. ARGV[3]: the answer's life in milliseconds, at least 1.
--
-- Returns 1 if it was written; 0 if the lease has ended or is another caller's. Then nothing changes: a caller
-- that hung for longer than its lease does not replace the answer of the one that took over.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('DEL', KEYS[2])
return 1
