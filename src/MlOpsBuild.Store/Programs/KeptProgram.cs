using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Programs;

/// <summary>A build program as a fact.</summary>
/// <param name="Entry">The assembly to start.</param>
/// <param name="Files">Every file with its content, by path below the program's folder.</param>
internal sealed record KeptProgram(string Entry, SortedDictionary<string, Digest> Files);
