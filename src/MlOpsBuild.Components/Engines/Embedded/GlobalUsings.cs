global using MlOpsBuild.Engine;
global using MlOpsBuild.Engine.CI;
global using MlOpsBuild.Engine.CI.GitHubActions;
global using MlOpsBuild.Engine.CI.GitLab;
global using MlOpsBuild.Engine.Execution;
global using MlOpsBuild.Engine.IO;
global using MlOpsBuild.Engine.Tooling;
