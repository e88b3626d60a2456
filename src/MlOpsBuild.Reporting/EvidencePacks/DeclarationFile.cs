using System.Text.Json;
using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.EvidencePacks;

/// <summary>Reads <c>declarations.json</c> beside a pipeline: an object of declarations by the name of their field.</summary>
public static class DeclarationFile
{
    /// <summary>The declarations by field.</summary>
    /// <param name="path">Where it is, for errors.</param>
    /// <param name="content">What it says.</param>
    /// <exception cref="UsageException">It is not usable; every problem of it.</exception>
    public static IReadOnlyDictionary<string, Declaration> Read(string path, byte[] content)
    {
        var (found, problems) = (new SortedDictionary<string, Declaration>(StringComparer.Ordinal), new List<Finding>());
        Dictionary<string, JsonElement> members;
        try
        {
            members = CanonicalJson.Deserialize<Dictionary<string, JsonElement>>(content);
        }
        catch (JsonException problem)
        {
            throw new UsageException(new Finding(
                "MLB6016", "Not a file of declarations", path, problem.Message,
                """{"annex-iv-5": {"statement": "…", "owner": "…", "date": "2026-11-29"}}""", "correct the file"));
        }

        foreach (var (name, member) in members)
        {
            var declaration = CanonicalJson.TryDeserialize<Declaration>(JsonSerializer.SerializeToUtf8Bytes(member));
            if (EvidenceFields.All.All(field => field.Id != name))
            {
                problems.Add(new(
                    "MLB6017", "No such field", $"{path}, {name}", name, string.Join(", ", EvidenceFields.All.Select(field => field.Id)),
                    "correct the name"));
            }
            else if (declaration == null || string.IsNullOrWhiteSpace(declaration.Statement)
                || string.IsNullOrWhiteSpace(declaration.Owner) || declaration.Date == default)
            {
                problems.Add(new(
                    "MLB6018", "Not a declaration", $"{path}, {name}", member.GetRawText(),
                    """{"statement": "…", "owner": "…", "date": "2026-11-29"}""", "say what is so, who answers for it and since when"));
            }
            else
            {
                found[name] = declaration;
            }
        }

        return problems.Count == 0 ? found : throw new UsageException("The declarations are not usable", problems);
    }
}
