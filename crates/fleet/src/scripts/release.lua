-- Ends the lease without an answer, if the caller still holds it. The next caller that asks gets it.
--
-- KEYS[1]: the lease. ARGV[1]: the caller's token.
--
-- Returns 1 if it has ended by this; 0 if it had ended or is another caller's, which keeps it.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
