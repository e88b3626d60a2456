namespace MlOpsBuild.Core.Fields;

/// <summary>What is made of the values of a window.</summary>
public enum PastStatistic
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The smallest.</summary>
    Minimum,

    /// <summary>The largest.</summary>
    Maximum,
}
