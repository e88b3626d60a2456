namespace MlOpsBuild.Packaging.Bundles;

/// <summary>The layers of a bundle.</summary>
public enum BundlePart
{
    /// <summary>The model with its feature transform.</summary>
    Model,

    /// <summary>Hold-out rows as requests, with label and prediction.</summary>
    Rows,

    /// <summary>The data contract.</summary>
    Contract,

    /// <summary>The reference profile of the training data.</summary>
    Profile,

    /// <summary>Metrics, gates and slices.</summary>
    Evidence,

    /// <summary>The model card.</summary>
    Card,
}
