namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>Tests with nothing beside them: an engine that shares two cores with another deployment does not answer in time.</summary>
[CollectionDefinition(nameof(UndisturbedCollection), DisableParallelization = true)]
public sealed class UndisturbedCollection;
