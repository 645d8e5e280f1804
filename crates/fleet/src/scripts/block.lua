-- Notes that a provider is blocked for some time. Several instances may say so: the longest time counts.
--
-- KEYS[1]: the note. ARGV[1]: for how long, in milliseconds, at least 1.
--
-- Returns the milliseconds for which the note stands now.
local left = redis.call('PTTL', KEYS[1])
if left >= tonumber(ARGV[1]) then
  return left
end
redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
return tonumber(ARGV[1])
