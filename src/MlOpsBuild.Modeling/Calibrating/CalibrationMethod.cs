namespace MlOpsBuild.Modeling.Calibrating;

/// <summary>How probabilities are brought to what happens.</summary>
public enum CalibrationMethod
{
    /// <summary>A logistic curve of the log-odds (Platt 1999): two numbers, for few rows.</summary>
    Platt,

    /// <summary>The never-falling step function that is closest (pool adjacent violators): for a thousand rows and more.</summary>
    Isotonic,
}
