namespace MlOpsBuild.Scoring.Features;

/// <summary>What is taken from a date.</summary>
public enum DatePart
{
    /// <summary>1 to 12.</summary>
    Month,

    /// <summary>0 (Sunday) to 6.</summary>
    Weekday,
}
