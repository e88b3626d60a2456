namespace MlOpsBuild.Scoring.Features;

/// <summary>What is taken from a date or a time.</summary>
public enum DatePart
{
    /// <summary>1 to 12.</summary>
    Month,

    /// <summary>0 (Sunday) to 6.</summary>
    Weekday,

    /// <summary>1 to 4.</summary>
    Quarter,

    /// <summary>1 to 53, as ISO 8601 counts weeks.</summary>
    Week,

    /// <summary>1 to 31.</summary>
    Day,

    /// <summary>1 to 366.</summary>
    DayOfYear,

    /// <summary>0 to 23; of a date 0.</summary>
    Hour,

    /// <summary>1 on Saturdays and Sundays, else 0.</summary>
    Weekend,
}
