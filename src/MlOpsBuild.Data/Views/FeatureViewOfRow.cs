using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Views;

/// <summary>A feature view over rows of <typeparamref name="TView"/>; pipelines take values of it by their properties.</summary>
public sealed class FeatureView<TView>
{
    internal FeatureView(FeatureViewSpec specification) => Specification = specification;

    /// <summary>As it was defined.</summary>
    public FeatureViewSpec Specification { get; }

    /// <summary>The same, of which older values are missing.</summary>
    /// <param name="age">How old a value may be, above zero: counted from when it was true.</param>
    /// <exception cref="UsageException">It is not above zero.</exception>
    public FeatureView<TView> FreshFor(TimeSpan age) => age > TimeSpan.Zero ? new(Specification with { MaxAge = age })
        : throw new UsageException(new Finding(
            "MLB1073", "No age of values", $"feature view {Specification.Name}", age.ToString(), "a time above zero",
            "correct .FreshFor(…), or leave it out for values of any age"));
}
