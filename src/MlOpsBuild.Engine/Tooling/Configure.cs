namespace MlOpsBuild.Engine.Tooling;

/// <summary>Changes options and gives them back.</summary>
/// <typeparam name="T">The options.</typeparam>
/// <param name="options">The options so far.</param>
public delegate T Configure<T>(T options);
