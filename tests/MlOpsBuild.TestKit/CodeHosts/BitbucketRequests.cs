using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Which pull requests brought a commit to Bitbucket, who approved them, and who may write.</summary>
internal sealed partial class BitbucketRequests(FakeBitbucket host)
{
    private const int ToldDigits = 12;

    public HostAnswer Of(HostCall call, string sha) => call.Method != "GET" ? FakeBitbucket.NotAllowed : Page(
        host.Merges.Where(merge => merge.Commits.Contains(sha))
            .Select(merge => new JsonObject { ["type"] = "pullrequest", ["id"] = merge.Number, ["title"] = "" }));

    public HostAnswer One(HostCall call, string id) => call.Method != "GET" ? FakeBitbucket.NotAllowed
        : host.Merges.FirstOrDefault(merge => $"{merge.Number}" == id) is not { } found ? FakeBitbucket.NotFound
        : new(200, new JsonObject
        {
            ["type"] = "pullrequest", ["id"] = found.Number, ["state"] = found.Merged ? "MERGED" : "OPEN",
            ["author"] = Person(found.Author), ["merge_commit"] = found.Merged ? Commit(found.MergeCommit) : null,
            ["source"] = new JsonObject { ["commit"] = Commit(found.Head) },
            ["destination"] = new JsonObject { ["branch"] = new JsonObject { ["name"] = found.Branch } },

            // The last word of each person; an approval that was taken back is none.
            ["participants"] = new JsonArray(
            [
                .. found.Reviews.Where(review => review.Who.Length > 0 && review.State != "COMMENTED")
                    .GroupBy(review => review.Who)
                    .Select(words => new JsonObject
                    {
                        ["type"] = "participant", ["role"] = "REVIEWER", ["approved"] = words.Last().State == "APPROVED",
                        ["user"] = Person(words.Key),
                    }),
            ]),
        });

    public HostAnswer Permissions(HostCall call) => call.Method != "GET" ? FakeBitbucket.NotAllowed
        : !host.MayAskPermissions
            ? FakeBitbucket.Refusal(403, "Your credentials lack one or more required privilege scopes.", "repository:admin")
        : ByNumber().Match(call.Query.GetValueOrDefault("q", "")) is not { Success: true } asked
            ? FakeBitbucket.Refusal(400, "Invalid query", call.Query.GetValueOrDefault("q"))
        : Page(host.Permissions.Where(person => FakeBitbucket.PersonOf(person.Key) == asked.Groups["uuid"].Value && person.Value != "none")
            .Select(person => new JsonObject
            {
                ["type"] = "repository_permission", ["permission"] = person.Value, ["user"] = Person(person.Key),
            }));

    private static HostAnswer Page(IEnumerable<JsonObject> values) =>
        new(200, new JsonObject { ["pagelen"] = 50, ["page"] = 1, ["values"] = new JsonArray([.. values]) });

    // A deleted account is nobody.
    private static JsonObject? Person(string name) =>
        name.Length == 0 ? null : new() { ["type"] = "user", ["uuid"] = FakeBitbucket.PersonOf(name), ["nickname"] = name };

    private static JsonObject Commit(string sha) => new() { ["type"] = "commit", ["hash"] = sha[..Math.Min(ToldDigits, sha.Length)] };

    [GeneratedRegex("^user\\.uuid=\"(?<uuid>\\{[0-9a-f-]{36}\\})\"$")]
    private static partial Regex ByNumber();
}
