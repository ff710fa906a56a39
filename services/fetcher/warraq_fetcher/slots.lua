-- The rules of a host's slots, run inside Redis so that all workers of all machines see one order and one clock.
--
-- KEYS[1]  hash: next, quiet, fail (times in ms), why, lat (ms), strikes, fails
-- KEYS[2]  sorted set of the requests under way: token -> when it is given up for dead (ms)
-- ARGV[1]  take | give
--
-- take  token gap_ms factor concurrency ttl_ms        -> {wait_ms, why, poll_ms, now_ms}; wait 0: go on
-- give  token gap_ms factor started_ms verdict latency_ms wait_ms why -> {until_ms}
local HOUR = 3600000
local LONGEST_GAP = 60000
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local token, gap, factor = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local host = redis.call('HMGET', KEYS[1], 'next', 'quiet', 'fail', 'why', 'lat', 'strikes', 'fails')
local next_at, quiet, fail = tonumber(host[1]) or 0, tonumber(host[2]) or 0, tonumber(host[3]) or 0
local why, lat = host[4] or '', tonumber(host[5])
local strikes, fails = tonumber(host[6]) or 0, tonumber(host[7]) or 0

local function pause(latency)
  return math.max(gap, math.min((latency or 0) * factor, LONGEST_GAP))
end

if ARGV[1] == 'take' then
  if quiet > now then return {quiet - now, 'throttled', quiet - now, now} end
  if fail > now then return {fail - now, why, fail - now, now} end
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
  if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[5]) then
    return {math.max(pause(lat), 1000), 'host-busy', 50, now}
  end
  if next_at > now then return {next_at - now, 'host-busy', next_at - now, now} end
  local ttl = tonumber(ARGV[6])
  redis.call('HSET', KEYS[1], 'next', now + pause(lat))
  redis.call('PEXPIRE', KEYS[1], HOUR)
  redis.call('ZADD', KEYS[2], now + ttl, token)
  redis.call('PEXPIRE', KEYS[2], ttl + 1000)
  return {0, '', 0, now}
end

redis.call('ZREM', KEYS[2], token)
local started, verdict, latency = tonumber(ARGV[5]), ARGV[6], tonumber(ARGV[7])
local wait, until_at = tonumber(ARGV[8]), now
if verdict == 'good' then
  lat, strikes, fails = lat and (lat * 0.7 + latency * 0.3) or latency, 0, 0
elseif verdict == 'bad' then
  lat = math.max(lat or 0, latency)
elseif verdict == 'throttled' then
  strikes = strikes + 1
  if wait <= 0 then wait = math.min(60000 * 2 ^ (strikes - 1), HOUR) end
  quiet = math.max(quiet, now + wait)
  until_at = quiet
elseif verdict == 'failed' then
  fails = fails + 1
  fail, why = now + math.min(60000 * 2 ^ (fails - 1), 600000), ARGV[9]
  until_at = fail
end
next_at = math.max(next_at, started + pause(lat))
redis.call('HSET', KEYS[1], 'next', next_at, 'quiet', quiet, 'fail', fail, 'why', why, 'lat', lat or 0,
  'strikes', strikes, 'fails', fails)
redis.call('PEXPIRE', KEYS[1], math.max(HOUR, quiet - now + HOUR, next_at - now + HOUR))
return {until_at - now}
