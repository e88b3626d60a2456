namespace MlOpsBuild.Core.Fields;

/// <summary>What a field holds and how it becomes a number.</summary>
public enum FieldKind
{
    /// <summary>A real number, as it is.</summary>
    Real,

    /// <summary>A whole number, as it is.</summary>
    Whole,

    /// <summary>0 or 1.</summary>
    Flag,

    /// <summary>A date <c>yyyy-MM-dd</c>; its day number (0001-01-01 is 0).</summary>
    Date,

    /// <summary>A date and time of day; days since 0001-01-01, with their part of a day.</summary>
    Time,

    /// <summary>One of listed texts; its index in the list.</summary>
    Category,

    /// <summary>Any text; has no number of its own.</summary>
    Text,
}
