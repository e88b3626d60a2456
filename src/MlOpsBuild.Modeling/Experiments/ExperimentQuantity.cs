namespace MlOpsBuild.Modeling.Experiments;

/// <summary>What is made of a unit's outcomes.</summary>
public enum ExperimentQuantity
{
    /// <summary>Their sum; 0 of a unit without any.</summary>
    Sum,

    /// <summary>Whether there was any.</summary>
    Conversion,

    /// <summary>Their sum in each arm, divided by that of another metric (the delta method).</summary>
    Ratio,
}
