namespace MlOpsBuild.Reporting.Comparing;

/// <summary>What a difference to the first model means.</summary>
public enum DifferenceMeaning
{
    /// <summary>The interval lies wholly on the good side.</summary>
    Better,

    /// <summary>It lies wholly on the bad side.</summary>
    Worse,

    /// <summary>Zero lies in it: chance explains the difference.</summary>
    NoEvidence,

    /// <summary>They were not judged on the same rows, or there are too few for an interval.</summary>
    NotComparable,
}
