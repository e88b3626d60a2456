namespace MlOpsBuild.Components;

/// <summary>A build with a session: what its targets share.</summary>
public interface IHazSession : IHazRemote, IHazEnvironment, IHazCache, IHazMlflow, IHazExecutor;
