-- Gives the answer or, if there is none, the lease to the first caller.
--
-- KEYS[1]: the answer. KEYS[2]: the lease.
-- ARGV[1]: the caller's token, which no other caller has. ARGV[2]: the lease's life in milliseconds.
--
-- Returns the answer as a string; 1 if the caller holds the lease from now on; 0 if another caller holds it.
-- Between the look at the answer and the lease nothing else runs. So a caller cannot get the lease just after
-- the answer was written.
local answer = redis.call('GET', KEYS[1])
if answer then
  return answer
end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then
  return 1
end
return 0
