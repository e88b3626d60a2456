namespace MlOpsBuild.Serving.Tests;

/// <summary>Tests that put load on real ports run one after the other.</summary>
[CollectionDefinition(nameof(LoopbackCollection))]
public sealed class LoopbackCollection;
