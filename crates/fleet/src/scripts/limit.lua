-- Counts one request against a limit, or refuses it: the generic cell rate algorithm (GCRA).
--
-- KEYS[1]: the state of one visitor, a time in microseconds: when all earlier requests are paid off, if one is
-- paid off in each interval. Without it, nothing is owed.
-- ARGV[1]: the interval in microseconds. ARGV[2]: the burst, as many requests as may come at once, at least 1.
--
-- Returns 0 if the request is admitted and counted. Otherwise the microseconds until a request would be
-- admitted, at least 1 and at most the interval; a refused request is not counted.
--
-- The time is this server's, so the clocks of those that call do not matter. It is below 2^53 microseconds
-- until the year 2255, so Lua's numbers hold it exactly; '%.0f' writes it without an exponent.
local interval = tonumber(ARGV[1])
local burst = tonumber(ARGV[2])
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000000 + tonumber(clock[2])

local function keep(paid_off)
  redis.call('SET', KEYS[1], string.format('%.0f', paid_off), 'PX', math.ceil((paid_off - now) / 1000))
end

local paid_off = math.max(tonumber(redis.call('GET', KEYS[1])) or now, now)
-- Nobody owes more than a burst. More is there if this server's clock was set back, or if the limit was made
-- wider: a visitor must not wait for that.
if paid_off > now + interval * burst then
  paid_off = now + interval * burst
  keep(paid_off)
end
-- All owed before this request must be paid off within a burst less this one.
local wait = paid_off - now - interval * (burst - 1)
if wait > 0 then
  return wait
end
keep(paid_off + interval)
return 0
