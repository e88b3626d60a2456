using System.Globalization;

namespace MlOpsBuild.Core.Fields;

/// <summary>A category is kept by its place in the list of those accepted; these are the names that people know.</summary>
public static class CategoryNames
{
    /// <summary>Names of the values of a column, by their place; null where values are numbers.</summary>
    public static IReadOnlyList<string>? Of(FieldRule rule) => rule.Kind == FieldKind.Category ? rule.Categories : null;

    /// <summary>The name at <paramref name="value"/>; the number itself where no name has that place.</summary>
    public static string Text(IReadOnlyList<string>? names, double value) => names != null && value >= 0 && value < names.Count
        ? names[(int)value]
        : value.ToString(CultureInfo.InvariantCulture);
}
