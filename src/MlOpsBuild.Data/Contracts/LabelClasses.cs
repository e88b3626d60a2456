using System.Globalization;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Data.Contracts;

/// <summary>A label column read as classes.</summary>
public static class LabelClasses
{
    /// <summary>The classes' names in their order: of two, the positive one is the second; empty where the column holds numbers.</summary>
    public static IReadOnlyList<string> Of(ColumnContract label) =>
        NamesOf(label.Rule) is { Count: 2 } two && two[0] == label.Positive ? [two[1], two[0]] : NamesOf(label.Rule);

    /// <summary>
    /// The position in <see cref="Of"/> of a value of the column, whole numbers and positions of texts alike; NaN for a missing one.
    /// </summary>
    public static double PositionOf(ColumnContract label, double value)
    {
        if (double.IsNaN(value))
        {
            return value;
        }

        var names = NamesOf(label.Rule);
        var position = label.Rule.Kind == FieldKind.Whole ? Position(names, value.ToString(CultureInfo.InvariantCulture)) : value;
        return names is { Count: 2 } && names[0] == label.Positive ? 1 - position : position;
    }

    /// <summary>The names in the order of the contract.</summary>
    internal static IReadOnlyList<string> NamesOf(FieldRule rule) =>
        rule.Kind == FieldKind.Flag ? ["false", "true"] : rule.Categories ?? [];

    private static int Position(IReadOnlyList<string> names, string text) => names.Index().First(name => name.Item == text).Index;
}
