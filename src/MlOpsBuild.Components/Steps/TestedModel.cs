using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Gates;

namespace MlOpsBuild.Components.Steps;

/// <summary>The candidate as its gates found it, whatever their verdict.</summary>
/// <param name="Evidence">Metrics, gates, verdict.</param>
/// <param name="Rows">Held-out rows with what the candidate needs.</param>
/// <param name="Champion">The champion it was compared with; null where nothing serves.</param>
internal sealed record TestedModel(Evidence Evidence, Artifact Rows, TestedChampion? Champion) : IStepResult
{
    public static string Target => "TestModel";
}
