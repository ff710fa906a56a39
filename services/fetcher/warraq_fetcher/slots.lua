-- The rules of a host's slots, run inside Redis so that all workers of all machines see one order and one clock.
--
-- KEYS[1]  hash: next, quiet, fail (times in ms), why, lat (ms), strikes, fails
-- KEYS[2]  sorted set of the requests under way: token -> when it is given up for dead (ms)
-- KEYS[3]  sorted set of the visits under way, likewise
--
-- enter token concurrency ttl_ms                                   -> wait_ms
-- leave token
-- take  token gap_ms factor concurrency ttl_ms insist              -> {wait_ms, why, poll_ms}; wait 0: go on
-- give  token gap_ms factor verdict latency_ms ago_ms asked_ms why -> ms for which the host must be left alone
--
-- The same rules in Python: LocalHosts in local_hosts.py.
local HOUR, LONGEST_PAUSE = 3600000, 60000
local FIRST_QUIET, FIRST_FAIL, LONGEST_FAIL, BUSY = 60000, 60000, 600000, 1000
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local act, token = ARGV[1], ARGV[2]

local function under_way(key)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  return redis.call('ZCARD', key)
end

local function begin(key, ttl)
  redis.call('ZADD', key, now + ttl, token)
  redis.call('PEXPIRE', key, ttl + 1000)
end

if act == 'enter' then
  local others = under_way(KEYS[3]) - (redis.call('ZSCORE', KEYS[3], token) and 1 or 0)
  if others >= tonumber(ARGV[3]) then return BUSY end
  begin(KEYS[3], tonumber(ARGV[4]))
  return 0
elseif act == 'leave' then
  return redis.call('ZREM', KEYS[3], token)
end

local gap, factor = tonumber(ARGV[3]), tonumber(ARGV[4])
local known = redis.call('HMGET', KEYS[1], 'next', 'quiet', 'fail', 'why', 'lat', 'strikes', 'fails')
local next_at, quiet, fail = tonumber(known[1]) or 0, tonumber(known[2]) or 0, tonumber(known[3]) or 0
local why, lat = known[4] or '', tonumber(known[5]) or 0
local strikes, fails = tonumber(known[6]) or 0, tonumber(known[7]) or 0

-- In whole milliseconds: expiry takes nothing else.
local function pause()
  return math.ceil(math.max(gap, math.min(lat * factor, LONGEST_PAUSE)))
end

if act == 'take' then
  if quiet > now then return {quiet - now, 'throttled', quiet - now} end
  if fail > now then return {fail - now, why, fail - now} end
  if under_way(KEYS[2]) >= tonumber(ARGV[5]) then return {math.max(pause(), BUSY), 'host-busy', 50} end
  if next_at > now and ARGV[7] ~= '1' then return {next_at - now, 'host-busy', next_at - now} end
  next_at = math.max(next_at, now) + pause()
  redis.call('HSET', KEYS[1], 'next', next_at)
  redis.call('PEXPIRE', KEYS[1], next_at - now + HOUR)
  begin(KEYS[2], tonumber(ARGV[6]))
  return {0, '', 0}
end

redis.call('ZREM', KEYS[2], token)
local verdict, latency, ago, asked = ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local alone = 0
if verdict == 'good' then
  lat, strikes, fails = lat > 0 and (lat * 0.7 + latency * 0.3) or latency, 0, 0
elseif verdict == 'bad' then
  lat = math.max(lat, latency)
elseif verdict == 'throttled' then
  strikes = strikes + 1
  if asked <= 0 then asked = math.min(FIRST_QUIET * 2 ^ (strikes - 1), HOUR) end
  quiet = math.max(quiet, now + asked)
  alone = quiet - now
elseif verdict == 'failed' then
  fails = fails + 1
  fail, why = now + math.min(FIRST_FAIL * 2 ^ (fails - 1), LONGEST_FAIL), ARGV[9]
  alone = fail - now
end
if verdict ~= 'none' then next_at = math.max(next_at, now - ago + pause()) end
redis.call('HSET', KEYS[1], 'next', next_at, 'quiet', quiet, 'fail', fail, 'why', why, 'lat', lat,
  'strikes', strikes, 'fails', fails)
redis.call('PEXPIRE', KEYS[1], math.max(quiet, next_at, now) - now + HOUR)
return alone
