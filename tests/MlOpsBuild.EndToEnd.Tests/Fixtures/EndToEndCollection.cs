namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>Tests that run one after the other: they measure, and they share the machine's cores.</summary>
[CollectionDefinition(nameof(EndToEndCollection))]
public sealed class EndToEndCollection : ICollectionFixture<BuiltRepository>;
