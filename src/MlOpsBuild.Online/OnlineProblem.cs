using MlOpsBuild.Core;

namespace MlOpsBuild.Online;

/// <summary>What to throw for a store that does not do what it should; it names no connection string.</summary>
internal static class OnlineProblem
{
    public static StageFailedException Silent(string store, Exception problem) => new(new Finding(
        "MLB1301", "The online store does not answer", store, problem.GetType().Name, "an answer in time",
        "look whether it runs and whether its variable names it; nothing is predicted without the values of feature views"));

    public static StageFailedException Damaged(string store, Exception problem) => new(new Finding(
        "MLB1302", "The online store cannot be read", store, problem.GetType().Name, "what ./build.sh Materialize wrote",
        "write it again: ./build.sh Materialize"));
}
