global using MlOpsBuild.Engine;
