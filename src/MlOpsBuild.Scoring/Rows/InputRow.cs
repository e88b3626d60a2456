using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Scoring.Rows;

/// <summary>What a model reads of one row: numbers in field order, and the texts that some of them stand for.</summary>
/// <param name="values">One number per field; what is missing is NaN, a free text its position among <paramref name="texts"/>.</param>
/// <param name="texts">The free texts, of this row or of its whole table.</param>
public readonly ref struct InputRow(ReadOnlySpan<double> values, IReadOnlyList<string>? texts = null)
{
    private readonly IReadOnlyList<string>? _texts = texts;

    /// <summary>One number per field.</summary>
    public ReadOnlySpan<double> Values { get; } = values;

    /// <summary>The number of a field.</summary>
    public double this[int field] => Values[field];

    /// <summary>A row without free texts.</summary>
    public static implicit operator InputRow(double[] values) => new(values);

    /// <summary>A row without free texts.</summary>
    public static implicit operator InputRow(ReadOnlySpan<double> values) => new(values);

    /// <summary>A row without free texts.</summary>
    public static implicit operator InputRow(Span<double> values) => new(values);

    /// <summary>The free text of a field; null where it is missing.</summary>
    public string? Text(int field) => double.IsNaN(Values[field]) || _texts == null ? null : _texts[(int)Values[field]];

    /// <summary>The text of a category or free text; empty where it is missing.</summary>
    /// <param name="rule">The field's rule.</param>
    /// <param name="field">The field.</param>
    public string TextOf(FieldRule rule, int field) =>
        double.IsNaN(Values[field]) ? "" : rule.Kind == FieldKind.Category ? rule.Categories![(int)Values[field]] : Text(field) ?? "";
}
