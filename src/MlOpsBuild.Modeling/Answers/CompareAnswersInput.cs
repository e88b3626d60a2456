using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>Answers to compare: no model and no data.</summary>
/// <param name="Candidate">The candidate's answers, case by case.</param>
/// <param name="Champion">The champion's to the same cases, or null.</param>
/// <param name="Personal">Columns of personal data.</param>
/// <param name="Label">The column with what is expected.</param>
public sealed record CompareAnswersInput(Artifact Candidate, Artifact? Champion, IReadOnlyList<string> Personal, string Label);
