using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace MlOpsBuild.Scoring.Prompts;

/// <summary>
/// Messages with places for values: <c>{{Question}}</c>. A line <c>[system]</c>, <c>[user]</c> or <c>[assistant]</c> begins a message; a
/// text without one is what the user says.
/// </summary>
/// <param name="Messages">The messages, their places not filled.</param>
public sealed partial record PromptTemplate(IReadOnlyList<PromptMessage> Messages)
{
    private const string User = "user";

    /// <summary>Names of the places, each once, in order.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Names =>
        [.. Messages.SelectMany(message => Place().Matches(message.Text)).Select(place => place.Groups[1].Value).Distinct()];

    /// <summary>Reads a prompt; messages that say nothing are left out.</summary>
    public static PromptTemplate Parse(string text)
    {
        var (messages, role, from) = (new List<PromptMessage>(), User, 0);
        text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        foreach (var head in Head().Matches(text).Cast<Match>())
        {
            Add(from, head.Index);
            (role, from) = (head.Groups[1].Value, head.Index + head.Length);
        }

        Add(from, text.Length);
        return new(messages);

        void Add(int start, int end)
        {
            if (text[start..end].Trim() is { Length: > 0 } said)
            {
                messages.Add(new(role, said));
            }
        }
    }

    /// <summary>The messages with their places filled; what a value says is never read as a place.</summary>
    /// <param name="valueOf">The value of a name.</param>
    public IReadOnlyList<PromptMessage> Fill(Func<string, string> valueOf) =>
        [.. Messages.Select(message => message with { Text = Place().Replace(message.Text, place => valueOf(place.Groups[1].Value)) })];

    [GeneratedRegex(@"^\[(system|user|assistant)\][ \t]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    [GeneratedRegex(@"\{\{\s*([^{}\s][^{}]*?)\s*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
