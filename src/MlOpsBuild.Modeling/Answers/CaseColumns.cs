namespace MlOpsBuild.Modeling.Answers;

/// <summary>What is known of the columns of cases.</summary>
/// <param name="Known">Those that a judge may name.</param>
/// <param name="Read">Those that the model is told.</param>
/// <param name="Label">What a good answer says.</param>
/// <param name="Personal">Those of personal data.</param>
internal sealed record CaseColumns(IReadOnlyList<string> Known, IReadOnlyList<string> Read, string Label, IReadOnlyList<string> Personal);
