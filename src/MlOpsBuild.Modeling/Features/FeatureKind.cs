namespace MlOpsBuild.Modeling.Features;

/// <summary>What is made of a column.</summary>
public enum FeatureKind
{
    /// <summary>The standardised value.</summary>
    Number,

    /// <summary>The standardised square.</summary>
    Square,

    /// <summary>One column per value.</summary>
    OneHot,

    /// <summary>One column per pair of values of two columns.</summary>
    Cross,

    /// <summary>One column per month of a date.</summary>
    Month,

    /// <summary>One column per weekday of a date.</summary>
    Weekday,
}
