using MlOpsBuild.Data.Sources;

namespace MlOpsBuild.Data.Views;

/// <summary>Begins the definition of a feature view.</summary>
public static class FeatureView
{
    /// <summary>A feature view over rows of <typeparamref name="TView"/>, whose attributes are its contract.</summary>
    /// <param name="name">Its name: small letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="source">Where its rows come from, in any order.</param>
    /// <exception cref="Core.UsageException">The record cannot be one; all problems at once.</exception>
    public static FeatureView<TView> Of<TView>(string name, DataSource source) => new(FeatureViewReader.Of<TView>(name, source));
}
