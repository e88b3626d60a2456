namespace MlOpsBuild.Delivery.Tests;

/// <summary>Tests that start server processes; they run one after the other and share the installed program.</summary>
[CollectionDefinition(nameof(ProcessCollection))]
public sealed class ProcessCollection : ICollectionFixture<InstalledServer>;
