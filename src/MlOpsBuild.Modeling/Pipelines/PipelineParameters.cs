using System.Globalization;
using System.Numerics;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Tuning;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>The parameters that a definition asks for, and what callers and searches may make of them.</summary>
/// <param name="pipeline">The pipeline's name.</param>
/// <param name="settings">What the caller has set.</param>
internal sealed class PipelineParameters(string pipeline, IReadOnlyDictionary<string, string> settings)
{
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SearchRange> _ranges = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];

    /// <summary>Values of all that were asked for, by name.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>What may be searched.</summary>
    public IReadOnlyList<SearchRange> Ranges => [.. _ranges.Values];

    /// <summary>What is wrong with settings and ranges; settings that nothing asked for among it.</summary>
    public IEnumerable<Finding> Findings => _findings.Concat(settings.Keys.Where(name => !_values.ContainsKey(name)).Select(name =>
        new Finding(
            "MLB2013", "Unknown pipeline parameter", $"--set {name}", null, _values.Count > 0 ? string.Join(", ", _values.Keys) : "none",
            "correct the name")));

    public T Read<T>(string name, T defaultValue) where T : IParsable<T>, IFormattable
    {
        var value = defaultValue;
        if (settings.TryGetValue(name, out var text)
            && (!T.TryParse(text, CultureInfo.InvariantCulture, out value!) || IsNoPlainNumber(value, text)))
        {
            Refuse(name, text, $"a {typeof(T).Name}, for example {Text(defaultValue)}");
            value = defaultValue;
        }

        _values[name] = Text(value);
        return value;
    }

    public T Read<T>(string name, T defaultValue, T from, T to, bool byFactor) where T : INumber<T>
    {
        var isWhole = T.One / (T.One + T.One) == T.Zero;
        Offer(
            new NumberRange(
                name, Text(defaultValue), double.CreateChecked(from), double.CreateChecked(to), isWhole, byFactor),
            from < to && T.IsFinite(to - from) && defaultValue >= from && defaultValue <= to && (!byFactor || from > T.Zero),
            $"{Text(from)} to {Text(to)}, {Text(defaultValue)} when nobody chooses",
            byFactor ? "0 < from < to, with the default among them" : "from < to, with the default among them");
        return Read(name, defaultValue);
    }

    public bool Switch(string name, bool defaultValue)
    {
        var value = defaultValue;
        if (settings.TryGetValue(name, out var text) && !bool.TryParse(text, out value))
        {
            Refuse(name, text, "true or false");
        }

        _values[name] = value ? "true" : "false";
        return value;
    }

    public string Choice(string name, IReadOnlyList<string> choices)
    {
        var first = choices.Count > 0 ? choices[0] : "";
        Offer(
            new ChoiceRange(name, first, choices),
            choices.Count > 1 && choices.Distinct().Count() == choices.Count && choices.All(choice => choice.Length > 0),
            string.Join(", ", choices), "two or more different texts, the first of which is taken when nobody chooses");
        var value = settings.GetValueOrDefault(name);
        if (value != null && !choices.Contains(value))
        {
            Refuse(name, value, string.Join(", ", choices));
            value = null;
        }

        return _values[name] = value ?? first;
    }

    private void Offer(SearchRange range, bool holds, string value, string expected)
    {
        _ranges[range.Name] = range;
        if (!holds)
        {
            _findings.Add(new(
                "MLB2055", "Not a range to search", $"pipeline {pipeline}, parameter {range.Name}", value, expected, "correct the range"));
        }
    }

    private void Refuse(string name, string text, string expected) =>
        _findings.Add(new("MLB2010", "Not a value of this parameter", $"--set {name}", text, expected, "correct the value"));

    private static string Text<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    // Parsing takes 1,5 for 15, and NaN for a number.
    private static bool IsNoPlainNumber<T>(T value, string text) =>
        value is double or float or decimal
            && (text.AsSpan().ContainsAny(", ") || !double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)));
}
