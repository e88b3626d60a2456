namespace MlOpsBuild.Data.Contracts;

/// <summary>Parts that together are the row's time.</summary>
public enum TimestampPart
{
    /// <summary>The day.</summary>
    Day,

    /// <summary>The hour of the day, 0 to 23.</summary>
    Hour,
}
