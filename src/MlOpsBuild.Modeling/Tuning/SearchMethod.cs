namespace MlOpsBuild.Modeling.Tuning;

/// <summary>How settings are searched.</summary>
public enum SearchMethod
{
    /// <summary>Where good trials are dense and others are not (tree-structured Parzen estimator, Bergstra et al. 2011).</summary>
    Tpe,

    /// <summary>At random.</summary>
    Random,

    /// <summary>At random on a ninth of the rows; the best third goes on to a third of them, the best of those to all
    /// (successive halving, Jamieson and Talwalkar 2016, by thirds).</summary>
    Halving,
}
