namespace MlOpsBuild.Modeling.Fairness;

/// <summary>A rate that is compared between groups; of two classes.</summary>
public enum FairnessRate
{
    /// <summary>Share of all rows that are said to be positive (demographic parity).</summary>
    Selection,

    /// <summary>Share of positive rows that are said to be (equal opportunity).</summary>
    TruePositive,

    /// <summary>Share of negative rows that are said to be positive; with the one before: equalized odds.</summary>
    FalsePositive,
}
