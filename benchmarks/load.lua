-- Sends the requests of a file in turn. Each line: Accept, entity tag or -, address; SERIAL in it is counted on.
local requests, count, serial, agreements = {}, 0, 0, 1

function init(arguments)
  serial, agreements = tonumber(arguments[2]), tonumber(arguments[3])
  for line in io.lines(arguments[1]) do
    local accept, tag, path = line:match("^([^\t]*)\t([^\t]*)\t(.*)$")
    local headers = { ["Accept"] = accept, ["If-None-Match"] = tag ~= "-" and tag or nil }
    local ready = not path:find("SERIAL") and wrk.format("GET", path, headers)
    requests[#requests + 1] = { path = path, headers = headers, ready = ready }
  end
end

function request()
  local chosen = requests[count % #requests + 1]
  count = count + 1
  if chosen.ready then return chosen.ready end
  local number = string.format("%.0f", serial + count)
  local path = chosen.path:gsub("SERIAL", number):gsub("AGREEMENT", tostring(count % agreements + 1))
  return wrk.format("GET", path, chosen.headers)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %f, "bytes": %.0f, "p50": %f, "p95": %f, "p99": %f, "refused": %d, "broken": %d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
