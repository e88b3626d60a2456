using System.Text.Json;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Agents;

/// <summary>
/// What a model sent with a call: taken by name, and refused where it could be read as something else by the command line.
/// </summary>
internal sealed class AgentArguments(string tool, IReadOnlyDictionary<string, JsonElement> sent)
{
    // They say what the command is; the tool says that, and the caller cannot.
    private static readonly string[] Reserved = ["plan", "help", "json", "target", "skip", "continue", "profile"];
    private readonly List<Finding> _problems = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Names of targets; empty where none was sent.</summary>
    public IReadOnlyList<string> Targets(bool required = false)
    {
        var names = Read("targets") is { } element ? Words("targets", element) : [];
        foreach (var name in names.Where(name => !IsName(name)))
        {
            Refuse("targets", name, "names of targets: letters and digits");
        }

        if (required && names.Count == 0)
        {
            Refuse("targets", null, "at least one name of a target");
        }

        return names;
    }

    /// <summary>A text as one word of the command line, never a switch; null where none was sent.</summary>
    public string? Word(string name)
    {
        if (Read(name) is not { } element)
        {
            return null;
        }

        var text = TextOf(element);
        if (text.Length == 0 || text[0] == '-')
        {
            Refuse(name, text, "a text that does not begin with -");
        }

        return text;
    }

    /// <summary>A text as the value of the switch of that name; nothing where none was sent.</summary>
    public IReadOnlyList<string> Switch(string name) => Read(name) is { } element ? Assign(name, element) : [];

    /// <summary>All of <c>parameters</c> as switches with values.</summary>
    public IReadOnlyList<string> Parameters()
    {
        if (Read("parameters") is not { } all)
        {
            return [];
        }

        if (all.ValueKind != JsonValueKind.Object)
        {
            Refuse("parameters", all.GetRawText(), "an object of parameters and their values");
            return [];
        }

        var words = new List<string>();
        foreach (var parameter in all.EnumerateObject())
        {
            if (!IsName(parameter.Name, besides: "-") || IsReserved(parameter.Name))
            {
                Refuse("parameters", parameter.Name, "a parameter that describe names, other than " + string.Join(", ", Reserved));
                continue;
            }

            words.AddRange(Assign(parameter.Name, parameter.Value));
        }

        return words;
    }

    /// <summary>Tells of everything that was wrong, at once.</summary>
    /// <exception cref="UsageException">Something was.</exception>
    public void Check()
    {
        _problems.AddRange(sent.Keys.Where(name => !_known.Contains(name)).Order(StringComparer.Ordinal)
            .Select(name => Problem(name, sent[name].GetRawText(), $"one of {string.Join(", ", _known.Order(StringComparer.Ordinal))}")));
        if (_problems.Count > 0)
        {
            throw new UsageException($"{tool} cannot take this", _problems);
        }
    }

    private static bool IsReserved(string name)
    {
        var folded = name.Replace("-", "", StringComparison.Ordinal);
        return Reserved.Any(reserved => folded.Equals(reserved, StringComparison.OrdinalIgnoreCase)
            || folded.Equals("no" + reserved, StringComparison.OrdinalIgnoreCase));
    }

    private JsonElement? Read(string name)
    {
        _known.Add(name);
        return sent.TryGetValue(name, out var element) && element.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? element
            : null;
    }

    // One word each, so that no value can be taken for a switch or a target.
    private IReadOnlyList<string> Assign(string name, JsonElement value) => [.. Words(name, value).Select(word => $"--{name}={word}")];

    private IReadOnlyList<string> Words(string name, JsonElement value)
    {
        var elements = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : (IReadOnlyList<JsonElement>)[value];
        foreach (var element in elements.Where(
            element => element.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null))
        {
            Refuse(name, element.GetRawText(), "a text, a number, true, false or a list of these");
        }

        return [.. elements.Select(TextOf)];
    }

    private static string TextOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();

    private void Refuse(string name, string? value, string expected) => _problems.Add(Problem(name, value, expected));

    private Finding Problem(string name, string? value, string expected) =>
        new("MLB7001", $"{tool} cannot take this", name, value, expected, "call describe for what there is");

    private static bool IsName(string text, string besides = "") =>
        text.Length > 0
            && char.IsAsciiLetter(text[0])
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || besides.Contains(letter, StringComparison.Ordinal));
}
