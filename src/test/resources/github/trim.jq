# Keeps of a description of GitHub's REST API what the double of GitHub checks requests against. See README.md.

def operations: [
  "get /repos/{owner}/{repo}",
  "get /repos/{owner}/{repo}/actions/jobs/{job_id}/logs",
  "get /repos/{owner}/{repo}/branches/{branch}",
  "get /repos/{owner}/{repo}/commits/{ref}/check-runs",
  "get /repos/{owner}/{repo}/commits/{ref}/status",
  "get /repos/{owner}/{repo}/compare/{basehead}",
  "get /repos/{owner}/{repo}/git/ref/{ref}",
  "delete /repos/{owner}/{repo}/git/refs/{ref}",
  "get /repos/{owner}/{repo}/issues/{issue_number}",
  "patch /repos/{owner}/{repo}/issues/{issue_number}",
  "get /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "post /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "post /repos/{owner}/{repo}/issues/{issue_number}/labels",
  "delete /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
  "get /repos/{owner}/{repo}/pulls",
  "post /repos/{owner}/{repo}/pulls",
  "get /repos/{owner}/{repo}/pulls/{pull_number}",
  "patch /repos/{owner}/{repo}/pulls/{pull_number}",
  "get /repos/{owner}/{repo}/pulls/{pull_number}/comments",
  "post /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies",
  "put /repos/{owner}/{repo}/pulls/{pull_number}/merge",
  "post /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
  "get /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  "post /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  "put /repos/{owner}/{repo}/pulls/{pull_number}/update-branch",
  "get /repos/{owner}/{repo}/rules/branches/{branch}",
  "get /user"
];

. as $whole

# What stands for a reference, and for the references within that.
| def resolved:
    if type == "object" and has("$ref")
    then (."$ref" | ltrimstr("#/") | split("/")) as $place | $whole | getpath($place) | resolved
    elif type == "object" or type == "array" then map_values(resolved)
    else . end;

# That there may be nothing, OpenAPI 3.0 says in a word of its own.
def nothing:
  if .nullable != true then .
  elif has("type") then .type |= [., "null"] | if has("enum") then .enum += [null] else . end
  else {anyOf: [{type: "null"}, .]} end
  | del(.. | .nullable?);

# A schema as JSON Schema has it, without texts and examples; what an object does not name, it must not have.
def schema:
  with_entries(
    select(.key | IN("type", "nullable", "enum", "minimum", "maximum", "minItems", "maxItems", "minLength",
      "maxLength", "pattern", "required", "properties", "additionalProperties", "items", "oneOf", "anyOf", "allOf"))
    | if .key == "properties" then .value |= map_values(schema)
      elif .key == "items" or (.key == "additionalProperties" and (.value | type) == "object") then .value |= schema
      elif .key | IN("oneOf", "anyOf", "allOf") then .value |= map(schema)
      else . end)
  | if has("properties") and (has("additionalProperties") | not) then .additionalProperties = false else . end
  | nothing;

def parameter:
  {name, in, schema: (.schema | schema)}
  + (if .required then {required} else {} end)
  + (if ."x-multi-segment" then {"x-multi-segment"} else {} end);

def body:
  {required: (.required // false), schema: (.content."application/json".schema | schema)};

{
  info: .info | {version, "x-github-plan"},
  paths: (reduce (operations[] | split(" ")) as [$method, $path] ({};
    ($whole.paths[$path][$method] // error("it has no \($method) \($path)") | resolved) as $operation
    | .[$path][$method] = {parameters: ($operation.parameters | map(parameter))}
    | if $operation.requestBody then .[$path][$method].requestBody = ($operation.requestBody | body) else . end))
}
