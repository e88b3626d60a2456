using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>The parts of the REST interface 7.1 of Azure DevOps that reports of a run use, with its limits and refusals.</summary>
public sealed class FakeAzureDevOps : FakeCodeHost
{
    private readonly AzureRights _rights;
    private readonly AzureRequests _requests;
    private readonly AzureStatuses _statuses;
    private readonly AzureThreads _threads;

    /// <summary>Starts it, for the token that a build of its own gets.</summary>
    public FakeAzureDevOps()
        : base("acme/", "azure-fixture", NumberOf("shop Build Service (acme)")) =>
        (_rights, _requests, _statuses, _threads) = (new(this), new(this), new(this), new(this));

    /// <summary>The one project it has.</summary>
    public string Project { get; set; } = "web shop";

    /// <summary>The one repository of that.</summary>
    public string Repository { get; set; } = "models";

    /// <summary>Whether the token is a person's, which is a password without a name; else a build's, which stands alone.</summary>
    public bool IsPersonal { get; set; }

    /// <summary>Groups of people, each with what it may do (<c>denied</c> outweighs what others may) and who is in it.</summary>
    public IDictionary<string, (string Right, IReadOnlyList<string> Members)> Groups { get; } =
        new Dictionary<string, (string, IReadOnlyList<string>)>();

    /// <summary>The statuses, each with the <c>place</c> it was set at: of commits and of pull requests.</summary>
    public IReadOnlyList<JsonElement> Statuses => Copied(_statuses.All.Select(JsonFields.Frozen));

    /// <summary>Status of a thread, as of one that holds a comment.</summary>
    public string StatusOf(FakeComment comment) => _threads.StatusOf(comment);

    /// <summary>The name that somebody logs in with.</summary>
    public static string PersonOf(string name) => $"{name}@example.org";

    internal static HostAnswer NotAllowed { get; } = HostAnswer.Message(405, "The requested resource does not support this http method.");

    internal static string NumberOf(string name) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name))[..16]).ToString();

    internal static HostAnswer NotFound(string what) => HostAnswer.Message(404, $"TF401180: The requested {what} was not found.");

    private protected override HostAnswer Answer(HostCall call)
    {
        // Whoever says nothing is shown the page to log in, with a status that is no refusal.
        if (call.Header("Authorization") is not { } word)
        {
            return new(203) { Page = "<html><title>Azure DevOps Services | Sign In</title></html>" };
        }

        var personal = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($":{Token}"))}";
        if (word != (IsPersonal ? personal : $"Bearer {Token}"))
        {
            return new(401) { Page = "<html><title>Access Denied: The Personal Access Token used has expired.</title></html>" };
        }

        if (call.Segments is not ["acme", .. var path])
        {
            return HostAnswer.Message(404, "TF400813: no such collection");
        }

        if (VersionProblem(call, path is ["_apis", "connectionData"]) is { } problem)
        {
            return HostAnswer.Message(400, problem);
        }

        return call.Fields() is not { } fields ? HostAnswer.Message(400, "Value cannot be null. Parameter name: body") : path switch
        {
            ["_apis", "connectionData"] => call.Method != "GET" ? NotAllowed : new(200, new JsonObject
            {
                ["authenticatedUser"] = new JsonObject { ["id"] = Viewer, ["providerDisplayName"] = "shop Build Service (acme)" },
            }),
            ["_apis", "accesscontrollists", var space] => _rights.Lists(call, space),
            ["_apis", "identities"] => _rights.Identities(call),
            [var project, "_apis", "git", "repositories", var repository, .. var rest]
                when project == Project && repository == Repository => Git(call, rest, fields),
            _ => NotFound("project or repository"),
        };
    }

    private HostAnswer Git(HostCall call, string[] path, JsonObject fields) => path switch
    {
        [] => call.Method != "GET" ? NotAllowed : new(200, new JsonObject
        {
            ["id"] = NumberOf(Repository), ["name"] = Repository, ["project"] = new JsonObject { ["id"] = NumberOf(Project) },
        }),
        ["pullRequests", var id, "threads"] => _threads.All(call, id, fields),
        ["pullRequests", var id, "threads", var thread] => _threads.One(call, id, thread),
        ["pullRequests", var id, "threads", var thread, "comments", var comment] => _threads.Comment(call, id, thread, comment, fields),
        ["pullRequests", var id, "statuses"] => _statuses.Set(call, $"pullRequests/{id}", fields),
        ["commits", var sha, "statuses"] => sha.IsCommit() ? _statuses.Set(call, sha, fields) : NotFound("commit"),
        ["pullrequestquery"] => _requests.Query(call, fields),
        _ => NotFound("resource"),
    };

    private static string? VersionProblem(HostCall call, bool isPreview) =>
        !call.Query.TryGetValue("api-version", out var version)
            ? $"No api-version was supplied for the \"{call.Method}\" request. The version must be supplied either as part of the Accept header or as a query parameter."
        : isPreview && !version.Contains("-preview", StringComparison.Ordinal)
            ? $"The requested version \"{version}\" of the resource is under preview. The -preview flag must be supplied in the api-version for such requests."
        : version is "7.1" or "7.1-preview.1" ? null
        : $"The requested REST API version of {version} is out of range for this server.";
}
