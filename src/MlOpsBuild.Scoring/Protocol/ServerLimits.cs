namespace MlOpsBuild.Scoring.Protocol;

/// <summary>How much callers may make a server hold.</summary>
/// <param name="BodyBytes">Largest body of one request, in bytes; 1 MiB by default.</param>
/// <param name="BodyBytesTogether">Bodies of all requests together, in bytes; 64 MiB by default.</param>
/// <param name="Connections">Open connections; 4096 by default.</param>
/// <param name="BodySeconds">Time for a body to arrive, in seconds; 10 by default.</param>
/// <param name="AnswerSeconds">Time for a model server to answer, in seconds; 10 by default.</param>
public sealed record ServerLimits(
    int BodyBytes = 1024 * 1024, long BodyBytesTogether = 64 * 1024 * 1024, int Connections = 4096, double BodySeconds = 10,
    double AnswerSeconds = 10);
