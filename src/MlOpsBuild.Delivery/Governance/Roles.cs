using System.Text.Json;
using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>
/// Who has which role: <c>.nuke/roles.json</c>, an object of lists such as <c>{ "release": ["github:ada"] }</c>. A list
/// in a list is one person by several names: <c>["github:ada", "key:0123456789abcdef"]</c>.
/// </summary>
/// <param name="Members">Members by role.</param>
public sealed record Roles(IReadOnlyDictionary<string, IReadOnlyList<Who>> Members)
{
    /// <summary>The file, from the checkout on.</summary>
    public const string File = ".nuke/roles.json";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Names that are one person's, each list a person.</summary>
    public IReadOnlyList<IReadOnlyList<Who>> People { get; init; } = [];

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
        var (members, people) = (new Dictionary<string, IReadOnlyList<Who>>(StringComparer.Ordinal), new List<IReadOnlyList<Who>>());
        try
        {
            using var document = JsonDocument.Parse(System.IO.File.ReadAllText(path), Lenient);
            foreach (var role in document.RootElement.EnumerateObject())
            {
                var listed = role.Value.EnumerateArray().Select(member => Person(role.Name, member, problems)).ToList();
                members[role.Name] = [.. listed.SelectMany(names => names)];
                people.AddRange(listed.Where(names => names.Count > 1));
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            problems.Add(new(
                "MLB5031", "Roles cannot be read", File, problem.Message, """{ "release": ["github:ada", "key:0123456789abcdef"] }""",
                "correct the file"));
        }

        return problems.Count == 0 ? new(members) { People = people } : throw new UsageException("Roles are not usable", problems);
    }

    /// <summary>Those that <paramref name="who"/> stands for; nobody for a role that nobody has.</summary>
    public IReadOnlyList<Who> Of(Who who) => who.Kind == WhoKind.Role ? Members.GetValueOrDefault(who.Name, []) : [who];

    /// <summary>All names of whoever has one of <paramref name="names"/>.</summary>
    public IReadOnlyList<Who> AllOf(IReadOnlyList<Who> names) =>
        [.. names.Union(People.Where(person => person.Intersect(names).Any()).SelectMany(person => person))];

    /// <summary>In words, with the members of roles.</summary>
    public string Describe(IReadOnlyList<Who> wanted) => string.Join(" or ", wanted.Select(who => who.Kind != WhoKind.Role ? who.ToString()
        : Of(who) is { Count: > 0 } members ? $"{who} ({string.Join(", ", members)})" : $"{who} (nobody: {File} does not list it)"));

    private static List<Who> Person(string role, JsonElement listed, List<Finding> problems) => listed.ValueKind == JsonValueKind.Array
        ? [.. listed.EnumerateArray().Select(name => Member(role, name, problems)).OfType<Who>()]
        : [.. new[] { Member(role, listed, problems) }.OfType<Who>()];

    private static Who? Member(string role, JsonElement member, List<Finding> problems)
    {
        if (member.ValueKind == JsonValueKind.String && Who.TryParse(member.GetString()) is { Kind: not WhoKind.Role } who)
        {
            return who;
        }

        problems.Add(new(
            "MLB5032", "Nobody can be known by this", $"{File}, role {role}", member.ToString(),
            "local:NAME, github:NAME, gitlab:NAME, azure:NAME, gitea:NAME, ci:OWNER/NAME@BRANCH, key:NAME or anyone", "correct the member"));
        return null;
    }
}
