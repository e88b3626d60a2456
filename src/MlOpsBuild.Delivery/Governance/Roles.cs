using System.Text.Json;
using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>Who has which role: <c>.nuke/roles.json</c>, an object of lists such as <c>{ "release": ["github:ada"] }</c>.</summary>
/// <param name="Members">Members by role.</param>
public sealed record Roles(IReadOnlyDictionary<string, IReadOnlyList<Who>> Members)
{
    /// <summary>The file, from the checkout on.</summary>
    public const string File = ".nuke/roles.json";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Nobody has one.</summary>
    public static Roles None { get; } = new(new Dictionary<string, IReadOnlyList<Who>>());

    /// <summary>The roles of the checkout at <paramref name="root"/>; none where there is no file.</summary>
    /// <exception cref="UsageException">The file is not usable; every problem of it.</exception>
    public static Roles Read(string root)
    {
        var path = Path.Combine(root, File);
        if (!System.IO.File.Exists(path))
        {
            return None;
        }

        var problems = new List<Finding>();
        var members = new Dictionary<string, IReadOnlyList<Who>>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(System.IO.File.ReadAllText(path), Lenient);
            foreach (var role in document.RootElement.EnumerateObject())
            {
                members[role.Name] = [.. role.Value.EnumerateArray().Select(member => Member(role.Name, member, problems)).OfType<Who>()];
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            problems.Add(new(
                "MLB5031", "Roles cannot be read", File, problem.Message, """{ "release": ["github:ada", "key:0123456789abcdef"] }""",
                "correct the file"));
        }

        return problems.Count == 0 ? new(members) : throw new UsageException("Roles are not usable", problems);
    }

    /// <summary>Those that <paramref name="who"/> stands for; nobody for a role that nobody has.</summary>
    public IReadOnlyList<Who> Of(Who who) => who.Kind == WhoKind.Role ? Members.GetValueOrDefault(who.Name, []) : [who];

    /// <summary>In words, with the members of roles.</summary>
    public string Describe(IReadOnlyList<Who> wanted) => string.Join(" or ", wanted.Select(who => who.Kind != WhoKind.Role ? who.ToString()
        : Of(who) is { Count: > 0 } members ? $"{who} ({string.Join(", ", members)})" : $"{who} (nobody: {File} does not list it)"));

    private static Who? Member(string role, JsonElement member, List<Finding> problems)
    {
        if (member.ValueKind == JsonValueKind.String && Who.TryParse(member.GetString()) is { Kind: not WhoKind.Role } who)
        {
            return who;
        }

        problems.Add(new(
            "MLB5032", "Nobody can be known by this", $"{File}, role {role}", member.ToString(),
            "local:NAME, github:NAME, gitlab:NAME, ci:OWNER/NAME@BRANCH, key:NAME or anyone", "correct the member"));
        return null;
    }
}
