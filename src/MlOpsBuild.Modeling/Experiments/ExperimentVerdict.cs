namespace MlOpsBuild.Modeling.Experiments;

/// <summary>What an A/B test says of the version on test.</summary>
public enum ExperimentVerdict
{
    /// <summary>Nothing yet: units are still missing, or their time is not over.</summary>
    Running,

    /// <summary>The interval lies on the good side of zero.</summary>
    Better,

    /// <summary>The interval lies within the margin on both sides.</summary>
    Same,

    /// <summary>The interval lies on the bad side of zero.</summary>
    Worse,

    /// <summary>The interval holds zero and more than the margin.</summary>
    CannotTell,

    /// <summary>Units were not split as asked: nothing is told of the difference, and nothing can be.</summary>
    Broken,
}
