using MlOpsBuild.Core.Views;

namespace MlOpsBuild.Data.Views;

/// <summary>A feature view, and what rows of a pipeline take of it.</summary>
/// <param name="View">The view.</param>
/// <param name="Taken">What is taken, by which keys.</param>
public sealed record ViewJoin(FeatureViewSpec View, JoinedView Taken);
