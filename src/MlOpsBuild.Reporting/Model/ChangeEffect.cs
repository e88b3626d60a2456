namespace MlOpsBuild.Reporting.Model;

/// <summary>What a candidate is beside the champion, whatever the gates make of it.</summary>
public enum ChangeEffect
{
    /// <summary>Nothing serves, or no gate compares with it.</summary>
    NotCompared,

    /// <summary>The whole interval of the difference lies on the good side.</summary>
    Better,

    /// <summary>The interval reaches over nothing and stays within the margin.</summary>
    Same,

    /// <summary>The interval reaches over nothing and over the margin, or there is none.</summary>
    CannotTell,

    /// <summary>The whole interval lies on the bad side, inside the margin or not.</summary>
    Worse,
}
