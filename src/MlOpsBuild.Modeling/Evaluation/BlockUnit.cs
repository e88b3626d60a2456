namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>What is resampled as a whole, since what lies within depends on one another.</summary>
public enum BlockUnit
{
    /// <summary>The rows of a day; neighbouring days may depend on one another, too.</summary>
    Day,

    /// <summary>Each row by itself.</summary>
    Row,

    /// <summary>The rows of a group.</summary>
    Group,
}
